@NullMarked
package io.warmgate.server.upstream;

import org.jspecify.annotations.NullMarked;
