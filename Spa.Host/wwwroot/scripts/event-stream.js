// Reads text/event-stream from a fetch response. EventSource cannot send X-CSRF, hence by hand.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream

export async function* events(stream) {
  let rest = '';
  let type = '';
  let data = [];
  for await (const text of decoded(stream)) {
    rest += text;
    // A CR at the very end may be half of a CRLF: it waits for the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0 || type !== '') yield { type: type || 'message', data: data.join('\n') };
        type = '';
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      if (colon === 0) continue; // a comment: the heartbeat
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') type = value;
      else if (field === 'data') data.push(value);
    }
  }
}

async function* decoded(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}
