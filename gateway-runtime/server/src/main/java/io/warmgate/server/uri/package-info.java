/** Request targets: read once, normalised once; what is routed is what is keyed and forwarded. */
@NullMarked
package io.warmgate.server.uri;

import org.jspecify.annotations.NullMarked;
