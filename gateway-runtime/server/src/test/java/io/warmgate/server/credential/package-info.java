@NullMarked
package io.warmgate.server.credential;

import org.jspecify.annotations.NullMarked;
