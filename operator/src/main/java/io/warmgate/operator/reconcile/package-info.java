/**
 * The reconcile of a gateway: gather, translate, mint, apply, report. What is decided lies in the
 * pure packages; here it is carried out.
 */
@NullMarked
package io.warmgate.operator.reconcile;

import org.jspecify.annotations.NullMarked;
