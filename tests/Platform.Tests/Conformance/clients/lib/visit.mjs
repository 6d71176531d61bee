// Opens an address as the person of the set-up does, allows what is asked for, and prints the code that the client gets.
import { newBrowser } from './setup.mjs'

const browser = newBrowser()
let page = await browser.open(process.argv[2])
for (let step = 0; step < 6 && page.text?.includes('<form'); step++) page = await browser.submit(page)
console.log(page.arrived?.searchParams.get('code') ?? '')
