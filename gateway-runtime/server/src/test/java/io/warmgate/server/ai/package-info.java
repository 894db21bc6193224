/** Models behind a gateway, with providers that answer as they are told. */
@NullMarked
package io.warmgate.server.ai;

import org.jspecify.annotations.NullMarked;
