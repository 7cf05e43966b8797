// Runs in CloudFront for every request of a page (runtime cloudfront-js-2.0). The settings are put in on deployment.
const SETTINGS = { maintenance: null, frontends: [] };

/** The notice during maintenance; readable without a style sheet, a script or a picture, which would be refused too. */
function maintenanceAnswer(retryAfterSeconds) {
  return {
    statusCode: 503,
    statusDescription: "Service Unavailable",
    headers: {
      "cache-control": { value: "no-store" },
      "content-type": { value: "text/html; charset=utf-8" },
      "retry-after": { value: String(retryAfterSeconds) },
    },
    body: {
      encoding: "text",
      data:
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Maintenance</title>' +
        "<h1>We will be back shortly</h1><p>The site is being worked on. Please try again in a few minutes.</p></html>",
    },
  };
}

/** Whether a path lies at or below a mount; /admin holds /admin and /admin/x, but not /administrator. */
function isBelow(uri, mount) {
  return mount === "/" || uri === mount || uri.startsWith(mount + "/");
}

/** The part of the path below the mount, with its slash. */
function pathBelow(uri, mount) {
  const rest = mount === "/" ? uri : uri.slice(mount.length);
  return rest === "" ? "/" : rest;
}

/** The file that answers a path. Only the last part decides whether a path names a file: it then has a dot. */
function fileOf(path, routing) {
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (last.indexOf(".") !== -1) return path;
  if (routing === "spa") return "/index.html";
  return last === "" ? path + "index.html" : path + "/index.html";
}

function handler(event) {
  const request = event.request;
  if (SETTINGS.maintenance !== null) return maintenanceAnswer(SETTINGS.maintenance.retryAfterSeconds);
  // Longest path first.
  for (let i = 0; i < SETTINGS.frontends.length; i++) {
    const frontend = SETTINGS.frontends[i];
    if (!isBelow(request.uri, frontend.path)) continue;
    request.uri = frontend.prefix + fileOf(pathBelow(request.uri, frontend.path), frontend.routing);
    return request;
  }
  return { statusCode: 404, statusDescription: "Not Found" };
}
