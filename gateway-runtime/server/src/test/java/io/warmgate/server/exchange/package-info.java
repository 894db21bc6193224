@NullMarked
package io.warmgate.server.exchange;

import org.jspecify.annotations.NullMarked;
