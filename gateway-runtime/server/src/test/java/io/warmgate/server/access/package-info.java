@NullMarked
package io.warmgate.server.access;

import org.jspecify.annotations.NullMarked;
