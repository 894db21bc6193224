@NullMarked
package io.warmgate.server.listener;

import org.jspecify.annotations.NullMarked;
