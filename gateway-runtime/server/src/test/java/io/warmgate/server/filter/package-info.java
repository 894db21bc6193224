@NullMarked
package io.warmgate.server.filter;

import org.jspecify.annotations.NullMarked;
