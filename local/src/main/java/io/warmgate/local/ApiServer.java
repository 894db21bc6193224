package io.warmgate.local;

import io.warmgate.local.network.EndpointAddress;

/** The cluster's API server, running. */
public interface ApiServer extends AutoCloseable {

  /** Which one. */
  enum Kind {
    EMBEDDED,
    REAL
  }

  /** A kubeconfig that may do everything. */
  String kubeconfig();

  /** The form of a pod's address that it takes in an EndpointSlice. */
  EndpointAddress endpointAddress();

  @Override
  void close();
}
