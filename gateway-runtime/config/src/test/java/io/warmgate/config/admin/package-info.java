/** Messages of the admin API. */
@NullMarked
package io.warmgate.config.admin;

import org.jspecify.annotations.NullMarked;
