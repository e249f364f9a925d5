// What the architecture names and what the tree holds must be the same: used by .dependency-cruiser.cjs.
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { join, posix } = require('node:path');

/** Sentences on what has no arrows, and on doors that are not there or not listed; empty when all is well. */
function faultsOfParts(root, arrows) {
  return [...faultsOfArrows(root, arrows), ...faultsOfDoors(root)];
}

function faultsOfArrows(root, arrows) {
  const parts = ['apps', 'libs'].flatMap((kind) =>
    foldersIn(join(root, kind)).map((name) => `${kind}/${name}`),
  );
  return [
    ...parts
      .filter((part) => !(part in arrows))
      .map((part) => `${part} has no arrows: say in .dependency-cruiser.cjs what it may know`),
    ...Object.keys(arrows)
      .filter((part) => !parts.includes(part))
      .map((part) => `${part} has arrows and does not exist: take its line out`),
  ];
}

function faultsOfDoors(root) {
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const listed = Object.entries(imports).map(([name, door]) => ({
    name,
    door,
    file: doorFile(name),
  }));
  return [
    ...listed
      .filter(({ door, file }) => door.types !== `./${file}` || door.default !== built(file))
      .map(({ name, file }) => `${name} must lead to ${file} and ${built(file)}`),
    ...listed
      .filter(({ file }) => !existsSync(join(root, file)))
      .map(({ name, file }) => `${name} leads to ${file}, which does not exist`),
    ...doorsIn(root)
      .filter((file) => !listed.some((door) => door.file === file))
      .map((file) => `${file} is a door that package.json does not list`),
  ];
}

/** `#vault/sqlite` is libs/vault/src/sqlite/index.ts. */
function doorFile(name) {
  const [lib, ...folders] = name.slice(1).split('/');
  return posix.join('libs', lib, 'src', ...folders, 'index.ts');
}

function built(file) {
  return `./dist/${file.replace(/\.ts$/, '.js')}`;
}

function doorsIn(root) {
  return foldersIn(join(root, 'libs')).flatMap((lib) =>
    readdirSync(join(root, 'libs', lib, 'src'), { recursive: true })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path === 'index.ts' || path.endsWith('/index.ts'))
      .map((path) => posix.join('libs', lib, 'src', path)),
  );
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

module.exports = { faultsOfParts };
