// Azure Storage, emulated in memory on ports of its own: prints them once all listen, and ends when its input does.
process.argv.push(
  '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent',
  '--blobHost', '127.0.0.1', '--blobPort', '0', '--queueHost', '127.0.0.1', '--queuePort', '0', '--tableHost', '127.0.0.1', '--tablePort', '0');

const ports = {};
const log = console.log;
console.log = (...words) => {
  const listening = /Azurite (Blob|Table) service is successfully listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(words.join(' '));
  if (!listening) return;
  ports[listening[1].toLowerCase()] = Number(listening[2]);
  if (ports.blob && ports.table) log(JSON.stringify(ports));
};

process.stdin.on('end', () => process.exit(0)).resume();
await import('azurite/dist/src/azurite.js');
