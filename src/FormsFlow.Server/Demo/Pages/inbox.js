// The frame that shows a mail is as high as the mail: nothing is cut off, and the page scrolls as one.
const frame = document.querySelector('iframe.demo-mail');

function fit() {
  const mail = frame.contentDocument;
  if (!mail || mail.URL === 'about:blank' || mail.readyState === 'loading') return;
  const border = frame.offsetHeight - frame.clientHeight;
  // Measured from nothing, so that it also shrinks when the window becomes wider.
  frame.style.height = '0';
  frame.style.height = `${mail.documentElement.scrollHeight + border}px`;
}

frame.addEventListener('load', fit);
addEventListener('resize', fit);
fit();
