@NullMarked
package io.warmgate.local.manifest;

import org.jspecify.annotations.NullMarked;
