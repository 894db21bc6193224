@NullMarked
package io.warmgate.server.uri;

import org.jspecify.annotations.NullMarked;
