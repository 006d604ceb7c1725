export { handleMcp } from "./handler";
