/** One fetch for a key among all pods: leases in Redis, and the news of how they ended. */
@org.jspecify.annotations.NullMarked
package io.warmgate.server.cache.lease;
