// Asks the package registries whether anything that FormsFlow uses has a known vulnerability. A finding fails; a registry that does not
// answer such questions (not every mirror does) is named in one line and fails nothing.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const findings = [];

// Both tools answer by their output: npm's exit code is the same for a finding and for a registry that is away.
const outputOf = (command, args) => new Promise(resolve =>
  execFile(command, args, { cwd: root, maxBuffer: 64 << 20 }, (error, stdout) => resolve(stdout ?? '')));

const parsed = text => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

async function knowsVulnerabilities(source) {
  try {
    const get = async address => (await fetch(address, { signal: AbortSignal.timeout(20_000) }));
    const index = await (await get(source)).json();
    const resource = index.resources.find(one => one['@type'].startsWith('VulnerabilityInfo/'));
    return resource !== undefined && (await get(resource['@id'])).ok;
  } catch {
    return false;
  }
}

const listOf = async what =>
  parsed(await outputOf('dotnet', ['list', what, 'package', '--vulnerable', '--include-transitive', '--format', 'json']));

const isWhole = report => report !== null && !(report.problems ?? []).some(problem => problem.level === 'error');

async function auditNuGet() {
  let report = await listOf('FormsFlow.sln');
  // Where the packages of Azure Functions are missing, the solution cannot be listed; everything else is below these two.
  if (!isWhole(report)) {
    const rest = await Promise.all(['src/FormsFlow.Server', 'tests/FormsFlow.Tests'].map(listOf));
    report = rest.every(isWhole) ? { projects: rest.flatMap(one => one.projects), sources: rest[0].sources } : null;
  }
  if (report === null) return 'NuGet packages: not audited, the packages cannot be listed (try: dotnet restore FormsFlow.sln).';
  const found = new Set();
  for (const project of report.projects ?? [])
    for (const framework of project.frameworks ?? [])
      for (const one of [...framework.topLevelPackages ?? [], ...framework.transitivePackages ?? []])
        for (const vulnerability of one.vulnerabilities ?? [])
          found.add(`${one.id} ${one.resolvedVersion}: ${vulnerability.severity}, ${vulnerability.advisoryurl}`);
  findings.push(...found);
  // A source that knows nothing of vulnerabilities looks in this list as if there were none.
  const silent = [];
  for (const source of report.sources ?? []) if (!await knowsVulnerabilities(source)) silent.push(source);
  if (silent.length > 0) return `NuGet packages: not audited, ${silent.join(', ')} has no list of vulnerabilities.`;
  return `NuGet packages: ${found.size === 0 ? 'no known vulnerability' : `${found.size} known`}.`;
}

async function auditNpm() {
  const report = parsed(await outputOf('npm', ['audit', '--prefix', join('tests', 'node'), '--json']));
  if (!report?.auditReportVersion) return 'npm packages of the tests: not audited, the registry does not answer.';
  const found = Object.values(report.vulnerabilities).map(one => `${one.name} ${one.range}: ${one.severity} (npm, tests only)`);
  findings.push(...found);
  return `npm packages of the tests: ${found.length === 0 ? 'no known vulnerability' : `${found.length} known`}.`;
}

console.log(await auditNuGet());
console.log(await auditNpm());
for (const finding of findings) console.log(`  ${finding}`);
process.exitCode = findings.length > 0 ? 1 : 0;
