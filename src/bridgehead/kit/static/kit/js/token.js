// Signing in again, perhaps in another tab, changes the token against forged requests. The cookie always has the
// current one, so a page that was open before can still be sent.

export function freshToken(form) {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  const field = form.elements.csrfmiddlewaretoken;
  if (cookie && field) field.value = cookie.slice("csrftoken=".length);
  return field?.value ?? "";
}
