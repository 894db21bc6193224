@NullMarked
package io.warmgate.config;

import org.jspecify.annotations.NullMarked;
