// Looks again at a page whose work is still going on. Without script the page asks the browser to do the same.
setTimeout(() => location.reload(), 2000);
