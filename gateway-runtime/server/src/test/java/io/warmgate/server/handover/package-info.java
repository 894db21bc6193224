@NullMarked
package io.warmgate.server.handover;

import org.jspecify.annotations.NullMarked;
