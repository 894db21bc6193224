/** Which revision the pod serves: from its mounted files, then from pushes. */
@NullMarked
package io.warmgate.server.revision;

import org.jspecify.annotations.NullMarked;
