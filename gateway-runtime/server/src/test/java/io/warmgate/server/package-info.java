@NullMarked
package io.warmgate.server;

import org.jspecify.annotations.NullMarked;
