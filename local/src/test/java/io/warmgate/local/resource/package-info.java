@NullMarked
package io.warmgate.local.resource;

import org.jspecify.annotations.NullMarked;
