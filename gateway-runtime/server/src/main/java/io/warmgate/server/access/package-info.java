/**
 * Who asks, verified before anything is looked up: credentials out of a request's head ({@link
 * io.warmgate.server.access.Presented}), a pure decision ({@link
 * io.warmgate.server.access.Decision}), what keeps issuers' keys and outcomes ready for it, and who
 * has to be asked: issuers ({@link io.warmgate.server.access.Introspector}), services of users
 * ({@link io.warmgate.server.access.ExternalService}).
 */
@NullMarked
package io.warmgate.server.access;

import org.jspecify.annotations.NullMarked;
