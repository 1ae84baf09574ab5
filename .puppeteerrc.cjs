/**
 * The browser is the system's (CHROMIUM_PATH, else Debian's chromium): an installation downloads
 * none.
 */
module.exports = { skipDownload: true }
