/** What is made for real servers. */
@NullMarked
package io.warmgate.operator.manifest;

import org.jspecify.annotations.NullMarked;
