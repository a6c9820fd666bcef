// Stands in for the native watchdog, which would have to be compiled: it ends an extension host that has
// lost its window, and here the test ends all processes.
exports.start = () => {};
exports.exit = (code) => process.exit(code);
