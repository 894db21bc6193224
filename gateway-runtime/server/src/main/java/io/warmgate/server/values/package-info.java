/** Secret values by fingerprint: mounted, and pushed. Never printed. */
@NullMarked
package io.warmgate.server.values;

import org.jspecify.annotations.NullMarked;
