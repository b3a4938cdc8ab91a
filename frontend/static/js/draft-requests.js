// What js/drafts.js asks of the server. An answer is {version}, {conflict: true} where another tab
// has saved, {refused: a sentence}, or {} where it is worth trying again.

const PATIENCE_MS = 5000;

function ask(place, method, headers = {}, body = undefined) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch(`/api/v1/drafts/${encodeURIComponent(place)}`, { method, headers, body, signal, keepalive: true });
}

async function sentence(answer) {
  const { detail, title, errors = [] } = await answer.json();
  return errors[0]?.detail ?? detail ?? title;
}

export async function saveDraft(place, token, texts, version) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "If-Match": `"${version}"` };
  try {
    const answer = await ask(place, "PUT", headers, JSON.stringify(texts));
    if (answer.ok) return { version: (await answer.json()).version };
    if (answer.status === 412) return { conflict: true };
    return answer.status === 422 ? { refused: await sentence(answer) } : {};
  } catch {
    return {};
  }
}

// An empty form needs none.
export async function removeDraft(place, token, _texts, version) {
  if (!version) return { version: 0 };
  try {
    const answer = await ask(place, "DELETE", { "X-CSRFToken": token });
    return answer.ok || answer.status === 404 ? { version: 0 } : {};
  } catch {
    return {};
  }
}

export async function fetchDraft(place) {
  try {
    const answer = await ask(place, "GET");
    if (answer.status === 404) return { texts: {}, version: 0 };
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
