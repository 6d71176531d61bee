// The one thing that this page keeps in the browser, for all its tabs: that the person signed out ('left') or was signed
// out ('ended'). Whoever was is not signed in again without asking to be. No secret, and nobody's name.

const key = 'signed-out';

export const departure = () => quietly(() => localStorage.getItem(key));
export const rememberDeparture = how => quietly(() => localStorage.setItem(key, how));
export const forgetDeparture = () => quietly(() => localStorage.removeItem(key));

// Browsers that are told to keep nothing throw.
function quietly(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
