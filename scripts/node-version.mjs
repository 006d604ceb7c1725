// Imported first by every entry point: an old Node would fail later on syntax nobody can read.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Linedesk needs Node.js 20.19 or newer; this is ${process.versions.node}. Get it at https://nodejs.org.`,
  );
  process.exit(1);
}

if (process.platform === "win32") {
  console.error("Linedesk runs on Linux and macOS. On Windows, use it inside WSL.");
  process.exit(1);
}
