/** Child processes that never outlive the one that started them. */
@NullMarked
package io.warmgate.local.process;

import org.jspecify.annotations.NullMarked;
