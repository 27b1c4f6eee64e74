// LEMON's network simplex and cost scaling on a problem file of assign_peers.py; prints the optimum and the best seconds of both.
// Two ways to let people stay at home are tried (an arc from each of them, or one arc around all); the faster counts.
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

using Graph = lemon::SmartDigraph;

struct Problem {
  int64_t people, vacancies, edges;
  std::vector<int64_t> seats, rows;
};

static Problem read(const char* path) {
  Problem p;
  FILE* file = fopen(path, "rb");
  int64_t head[3];
  if (!file || fread(head, 8, 3, file) != 3) return {};
  p.people = head[0], p.vacancies = head[1], p.edges = head[2];
  p.seats.resize(p.vacancies);
  p.rows.resize(3 * p.edges);
  if (fread(p.seats.data(), 8, p.seats.size(), file) != p.seats.size()) return {};
  if (fread(p.rows.data(), 8, p.rows.size(), file) != p.rows.size()) return {};
  fclose(file);
  return p;
}

struct Network {
  Graph graph;
  Graph::ArcMap<int64_t> capacity{graph}, cost{graph};
  Graph::NodeMap<int64_t> supply{graph, 0};
  std::vector<Graph::Node> nodes;

  void arc(int64_t from, int64_t to, int64_t most, int64_t price) {
    auto arc = graph.addArc(nodes[from], nodes[to]);
    capacity[arc] = most, cost[arc] = price;
  }

  Network(const Problem& p, bool around) {
    int64_t n = p.people, m = p.vacancies, total = 0;
    graph.reserveNode(n + m + 2), graph.reserveArc(p.edges + n + m + 1);
    for (int64_t i = 0; i < n + m + 2; i++) nodes.push_back(graph.addNode());
    for (int64_t e = 0; e < p.edges; e++) {
      const int64_t* row = &p.rows[3 * e];
      if (row[2] > 0) arc(row[0], n + row[1], 1, -row[2]);
    }
    for (int64_t j = 0; j < m; j++) arc(n + j, n + m, p.seats[j], 0), total += p.seats[j];
    if (total > n) total = n;
    for (int64_t i = 0; i < n; i++) {
      if (around) {
        arc(n + m + 1, i, 1, 0);
      } else {
        arc(i, n + m, 1, 0), supply[nodes[i]] = 1;
      }
    }
    if (around) arc(n + m + 1, n + m, total, 0), supply[nodes[n + m + 1]] = total;
    supply[nodes[n + m]] = around ? -total : -n;
  }
};

template <class Solver>
static double seconds(Network& network, int64_t& optimum) {
  Solver solver(network.graph);
  solver.upperMap(network.capacity).costMap(network.cost).supplyMap(network.supply);
  auto start = std::chrono::steady_clock::now();
  solver.run();
  std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  optimum = -solver.template totalCost<int64_t>();
  return taken.count();
}

int main(int, char** arguments) {
  Problem problem = read(arguments[1]);
  double best = 1e9;
  int64_t simplex = 0, scaling = 0;
  for (bool around : {false, true}) {
    Network network(problem, around);
    best = std::min(best, seconds<lemon::NetworkSimplex<Graph, int64_t, int64_t>>(network, simplex));
    best = std::min(best, seconds<lemon::CostScaling<Graph, int64_t, int64_t>>(network, scaling));
    if (simplex != scaling) return 1;
  }
  printf("%lld %.6f\n", (long long)simplex, best);
}
