// Sends one file; says how far it has come, and can be given up.

// fetch() doesn't tell how much of a body has been sent.
export function upload(url, file, token, onProgress) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  body.set("key", globalThis.crypto.randomUUID?.() ?? "");
  body.set("file", file, file.name);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) onProgress(event.loaded / event.total);
  });
  const answer = new Promise((resolve, reject) => {
    request.addEventListener("load", () => (read(request) ? resolve(read(request)) : reject(new Error("lost"))));
    request.addEventListener("error", () => reject(new Error("lost")));
  });
  request.open("POST", url);
  request.send(body);
  return { answer, cancel: () => request.abort() };
}

// {url, name, picture}, or {error: a sentence}; null for a page, such as that of signing in.
function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}
