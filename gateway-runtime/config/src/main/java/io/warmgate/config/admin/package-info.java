/**
 * What operator and pod say to each other over the pod's admin API: JSON over HTTPS, behind a
 * bearer token. Paths are in {@link io.warmgate.config.admin.AdminApi}.
 */
@NullMarked
package io.warmgate.config.admin;

import org.jspecify.annotations.NullMarked;
