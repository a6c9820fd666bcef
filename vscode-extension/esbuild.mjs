// node esbuild.mjs [--tests]    Bundles the extension, or its unit tests.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const tests = process.argv.includes("--tests");

const { metafile } = await build({
  entryPoints: tests ? readdirSync("test").map((name) => `test/${name}`) : ["src/extension.ts"],
  outdir: tests ? "out/test" : "out",
  bundle: true,
  minify: !tests,
  platform: "node",
  format: "cjs",
  // What the oldest supported VS Code runs on.
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
  metafile: true,
});

if (!tests) {
  writeFileSync("out/licenses.txt", licenses(Object.keys(metafile.inputs)));
}

/** The licenses of the packages that a bundle is made of. */
function licenses(files) {
  const folders = files.map((file) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const packages = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
  return packages
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      return `${name} ${version}\n\n${readFileSync(`${folder}/${license}`, "utf8").trim()}\n`;
    })
    .join("\n----\n\n");
}
