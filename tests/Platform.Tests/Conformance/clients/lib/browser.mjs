// A person with a browser, as far as the protocol needs one: cookies, redirects one at a time, forms by their ids.
import assert from 'node:assert/strict'

const attribute = (tag, name) =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
    .replaceAll('&quot;', '"').replaceAll('&#x2B;', '+').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

export class Browser {
  #cookies = new Map()

  constructor({ callback, username, password }) {
    Object.assign(this, { callback, username, password })
  }

  // Opens the authorization request and does what the pages ask for; ends with what the callback receives.
  async authorize(url, decision = 'allow') {
    let page = await this.open(url)
    for (let step = 0; step < 6; step++) {
      if (page.arrived) return page.arrived
      assert.equal(page.status, 200, `${page.url} answered ${page.status}: ${page.text.replace(/<[^>]+>/g, ' ')}`)
      page = await this.submit(page, decision)
    }
    assert.fail(`the pages do not end: ${page.url}`)
  }

  async submit(page, decision = 'allow') {
    const forms = [...page.text.matchAll(/<form[\s\S]*?<\/form>/g)].map(([html]) => html)
    const form = forms.find(html => html.includes('name="username"'))
      ?? forms.find(html => new RegExp(`id="${decision}"`).test(html))
      ?? forms[0]
    assert.ok(form, `no form on ${page.url}`)
    const fields = new URLSearchParams()
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
      const name = attribute(tag, 'name')
      if (name) fields.append(name, { username: this.username, password: this.password }[name] ?? attribute(tag, 'value') ?? '')
    }
    const button = [...form.matchAll(/<button[^>]*>/g)].map(([tag]) => tag).find(tag => attribute(tag, 'id') === decision)
    if (button && attribute(button, 'name')) fields.append(attribute(button, 'name'), attribute(button, 'value') ?? '')
    const action = attribute(form.slice(0, form.indexOf('>') + 1), 'action')
    return this.open(new URL(action, page.url), { method: 'POST', body: fields })
  }

  async open(url, init = {}) {
    for (let hop = 0; hop < 10; hop++) {
      url = new URL(url)
      if (url.href.startsWith(this.callback)) {
        // A response by form_post is given to the client as the request that the browser makes.
        return { arrived: init.method === 'POST' ? new Request(url, init) : url }
      }
      const response = await fetch(url, {
        ...init, redirect: 'manual', headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [name, value] = cookie.split(';')[0].split('=', 2)
        if (value) this.#cookies.set(name, value); else this.#cookies.delete(name)
      }
      if (response.status !== 303) return { url, status: response.status, text: await response.text() }
      url = new URL(response.headers.get('location'), url)
      init = {}
    }
    assert.fail('too many redirects')
  }
}
