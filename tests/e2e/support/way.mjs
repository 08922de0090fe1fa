// The way to a service, which a test can break where it wants: it forwards what browsers ask, unchanged.
import http from 'node:http';

/** Browsers of the office go this way from now on; answers to paths that `breaks` fits end within their bodies. */
export async function breakableWay(office) {
  const service = new URL(office.address), way = {breaks: null};
  const server = http.createServer((asked, answer) => {
    const {method, url, headers} = asked;
    const passed = http.request({host: service.hostname, port: service.port, method, path: url, headers}, (given) => {
      if (!way.breaks?.test(url)) {
        answer.writeHead(given.statusCode, given.rawHeaders);
        return given.pipe(answer);
      }
      answer.writeHead(given.statusCode, {'Content-Type': 'application/json', 'Content-Length': 1000});
      answer.write('{"id": ', () => answer.destroy());
      given.resume();
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  office.address = `http://127.0.0.1:${server.address().port}`;
  way.close = () => server.closeAllConnections() ?? server.close();
  return way;
}
