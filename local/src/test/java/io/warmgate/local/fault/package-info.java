/**
 * Faults, end to end: processes are killed and held under load, and clients record every answer.
 */
@NullMarked
package io.warmgate.local.fault;

import org.jspecify.annotations.NullMarked;
