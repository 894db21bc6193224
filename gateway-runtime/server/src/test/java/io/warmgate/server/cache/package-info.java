/** The cache between real sockets: pods of one gateway, a counting origin, a real Redis. */
@NullMarked
package io.warmgate.server.cache;

import org.jspecify.annotations.NullMarked;
