/** Gateway API's filters, and the header fields a proxy has to change. */
@NullMarked
package io.warmgate.server.filter;

import org.jspecify.annotations.NullMarked;
