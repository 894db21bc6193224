package io.warmgate.local.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * The addresses 127.n.0.0/16, claimed by one local cluster, so that two of them on one machine
 * never share an address: pods have the lower half, Services the upper. Linux answers on all of
 * 127.0.0.0/8 without being told; elsewhere each address needs an alias.
 */
public final class LoopbackBlock implements AutoCloseable {
  /** Nothing of ours listens here: the bound socket is the claim, and it dies with the process. */
  private static final int CLAIM_PORT = 7946;

  private static final int FIRST = 64;
  private static final int BLOCKS = 128;
  private static final int HALF = 128 * 256;

  private final int block;
  private final ServerSocket claim;
  private final Half pods = new Half(0);
  private final Half services = new Half(HALF);

  private LoopbackBlock(int block, ServerSocket claim) {
    this.block = block;
    this.claim = claim;
  }

  /**
   * Claims a free block.
   *
   * @param seed the same seed finds the same block while nobody else has it
   */
  public static LoopbackBlock claim(String seed) throws IOException {
    int start = Math.floorMod(seed.hashCode(), BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int block = FIRST + (start + i) % BLOCKS;
      try {
        var address = InetAddress.getByName("127.%d.255.254".formatted(block));
        var socket = new ServerSocket();
        try {
          socket.bind(new InetSocketAddress(address, CLAIM_PORT));
          return new LoopbackBlock(block, socket);
        } catch (IOException taken) {
          socket.close();
        }
      } catch (IOException unusable) {
        throw new IOException(
            "no loopback address can be used: " + unusable.getMessage(), unusable);
      }
    }
    throw new IOException("every block of loopback addresses is taken by another local cluster");
  }

  /** The address of a pod, the same for the same uid until it is released. */
  public String pod(String uid) {
    return pods.of(uid);
  }

  /** The address of a Service, the same for the same {@code namespace/name}. */
  public String service(String name) {
    return services.of(name);
  }

  /** A pod is gone; its address is given again when all others have been. */
  public void release(String uid) {
    pods.release(uid);
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }

  /** One half of the block, handed out in turn. */
  private final class Half {
    private final int base;
    private final Map<String, Integer> taken = new HashMap<>();
    private int next;

    Half(int base) {
      this.base = base;
    }

    synchronized String of(String owner) {
      int offset = base + taken.computeIfAbsent(owner, _ -> free());
      return "127.%d.%d.%d".formatted(block, offset / 256, offset % 256);
    }

    synchronized void release(String owner) {
      taken.remove(owner);
    }

    private int free() {
      for (int i = 0; i < HALF - 512; i++) {
        next = next % (HALF - 512) + 1;
        if (!taken.containsValue(next)) {
          return next;
        }
      }
      throw new IllegalStateException("no loopback address is left");
    }
  }
}
