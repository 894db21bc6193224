/** The wire: routes, content types, watch streams over chunked HTTP and WebSocket. */
@NullMarked
package io.warmgate.local.api.http;

import org.jspecify.annotations.NullMarked;
