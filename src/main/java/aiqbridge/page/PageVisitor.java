package aiqbridge.page;

/**
 * Who asks for a page, as the front found out.
 *
 * @param host    under which the browser knows the page
 * @param address the visitor's
 * @param secure  whether the browser is told to use https alone
 * @param session null while nobody is signed in
 */
record PageVisitor(String host, String address, boolean secure, PageSession session) {}
