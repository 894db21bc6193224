/**
 * What users read: conditions, phases and events, computed from what was seen and what was
 * translated. Pure: the time is an argument.
 */
@NullMarked
package io.warmgate.operator.status;

import org.jspecify.annotations.NullMarked;
