/**
 * Who asks, verified before anything is looked up: credentials out of a request's head ({@link
 * io.warmgate.server.access.Presented}), a pure decision ({@link
 * io.warmgate.server.access.Decision}), and what keeps issuers' keys and outcomes ready for it.
 */
@NullMarked
package io.warmgate.server.access;

import org.jspecify.annotations.NullMarked;
