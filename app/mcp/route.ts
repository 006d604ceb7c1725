import { handleMcp } from "@/lib/mcp";

export { handleMcp as DELETE, handleMcp as GET, handleMcp as POST };
