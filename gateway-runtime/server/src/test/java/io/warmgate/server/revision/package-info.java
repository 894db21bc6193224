@NullMarked
package io.warmgate.server.revision;

import org.jspecify.annotations.NullMarked;
