@NullMarked
package io.warmgate.server.hot;

import org.jspecify.annotations.NullMarked;
