/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Given and family names of many places, put together at random: whoever comes out is nobody. */

#include "rounds-demo-private.h"

#define N_GIVEN 12
#define N_FAMILY 20

typedef struct
{
  const char *women[N_GIVEN];
  const char *men[N_GIVEN];
  const char *families[N_FAMILY];
} Names;

static const Names
  names
    [] = {
      { { "Sarah", "Emily", "Grace", "Olivia", "Hannah", "Rachel", "Megan", "Laura", "Julia", "Claire", "Nora",
          "Beth" },
        { "James", "Daniel", "Thomas", "Andrew", "Peter", "Samuel", "Henry", "Owen", "Mark", "Luke", "Simon", "Paul" },
        { "Johnson",   "Whitfield", "Barrow", "Hollis",  "Fletcher", "Marsh",    "Ashdown",
          "Pemberton", "Langley",   "Crane",  "Winslow", "Thorne",   "Hartwell", "Mercer",
          "Draper",    "Kendrick",  "Stroud", "Bellamy", "Rowe",     "Tanner" } },
      { { "Siobhan", "Aoife", "Niamh", "Maeve", "Orla", "Ciara", "Roisin", "Deirdre", "Eilis", "Grainne", "Una",
          "Sinead" },
        { "Sean", "Conor", "Declan", "Brendan", "Eoin", "Fergus", "Niall", "Cormac", "Liam", "Ronan", "Donal",
          "Padraig" },
        { "O'Brien",  "O'Malley", "McCarthy", "Gallagher", "Byrne",   "McGrath", "Doherty",
          "Keane",    "O'Dwyer",  "Nolan",    "Quinlan",   "Hegarty", "McAuley", "Tierney",
          "Rafferty", "Devlin",   "O'Hara",   "Cassidy",   "Fallon",  "Lynch" } },
      { { "Mar\u00eda", "Luc\u00eda", "Sof\u00eda", "Carmen", "Elena", "In\u00e9s", "Paula", "Valeria", "Rosa", "Ana",
          "Beatriz", "Teresa" },
        { "Jos\u00e9", "Luis", "Mateo", "Javier", "Andr\u00e9s", "Diego", "Ra\u00fal", "Tom\u00e1s", "Miguel", "Pablo",
          "Rafael", "Iv\u00e1n" },
        { "Garc\u00eda", "Mu\u00f1oz", "de la Cruz", "Ortega",    "Castillo", "Navarro", "Delgado",
          "Vega",        "Fuentes",    "Rojas",      "Le\u00f3n", "Herrera",  "Molina",  "Cabrera",
          "Ibarra",      "Salazar",    "Pe\u00f1a",  "Robles",    "Acosta",   "Quintero" } },
      { { "Beatrice", "Giulia", "Chiara", "Francesca", "Elisa", "Martina", "Silvia", "Paola", "Ilaria", "Marta",
          "Bianca", "Serena" },
        { "Luca", "Marco", "Matteo", "Giorgio", "Pietro", "Andrea", "Stefano", "Fabio", "Enzo", "Dario", "Nino",
          "Carlo" },
        { "Rossi",   "Di Pietro", "Ferraro", "Bellini", "Conti",   "Moretti",  "Galli",
          "De Luca", "Marchetti", "Rinaldi", "Sartori", "Fontana", "Lombardi", "Pellegrini",
          "Caruso",  "Vitale",    "Gatti",   "Serra",   "Testa",   "Palmieri" } },
      { { "Anna", "Katharina", "Lena", "Ursula", "Greta", "Johanna", "Heike", "Petra", "Sabine", "Frieda", "Marlene",
          "Ines" },
        { "J\u00fcrgen", "Klaus", "Matthias", "Stefan", "Felix", "Jonas", "Uwe", "Tobias", "Bernd", "Lukas", "Moritz",
          "Ralf" },
        { "Schr\u00f6der", "Weber",     "K\u00f6nig",  "Brandt", "Gro\u00df", "Lindner", "Vogel",
          "Hartmann",      "B\u00f6hm", "Kr\u00fcger", "Seidel", "Engel",     "Pohl",    "Winkler",
          "Dietrich",      "Ziegler",   "Arnold",      "Thiel",  "Sommer",    "Kaiser" } },
      { { "Sanne", "Femke", "Lotte", "Anouk", "Marijke", "Eva", "Iris", "Noor", "Tessa", "Hanneke", "Jet", "Saskia" },
        { "Jan", "Pieter", "Bram", "Daan", "Sander", "Koen", "Ruben", "Thijs", "Jeroen", "Maarten", "Wouter", "Gijs" },
        { "van der Berg", "de Vries",     "Jansen", "Bakker",      "van Dijk", "Visser",  "Smit",
          "Meijer",       "de Boer",      "Mulder", "van Leeuwen", "Dekker",   "Brouwer", "de Wit",
          "Dijkstra",     "van der Meer", "Vos",    "Kuipers",     "Hoekstra", "Prins" } },
      { { "Camille", "Zo\u00e9", "Manon", "\u00c9lodie", "Chlo\u00e9", "Ad\u00e8le", "Margaux", "L\u00e9a",
          "No\u00e9mie", "Juliette", "Agn\u00e8s", "Sylvie" },
        { "Antoine", "Julien", "Mathieu", "R\u00e9mi", "\u00c9tienne", "Gaspard", "Olivier", "Th\u00e9o", "Yann",
          "Cyril", "Lo\u00efc", "Pascal" },
        { "Moreau",  "Lef\u00e8vre", "Girard",      "Fontaine", "Chevalier", "Roussel",     "Lemaire",
          "Perrin",  "Blanchard",    "Gauthier",    "Marchand", "Colin",     "Renaud",      "Besson",
          "Vasseur", "Maillard",     "H\u00e9bert", "Poirier",  "Dumont",    "Rivi\u00e8re" } },
      { { "Magdalena", "Agnieszka", "Zofia", "Katarzyna", "Hanna", "Jadwiga", "Ewa", "Monika", "Alena", "Jana", "Petra",
          "Lucie" },
        { "Piotr", "Tomasz", "Jakub", "Marek", "Andrzej", "Ji\u0159\u00ed", "Ond\u0159ej", "Luk\u00e1\u0161",
          "Pawe\u0142", "Adam", "Filip", "V\u00e1clav" },
        { "Nowak",           "Kowalski",    "Zieli\u0144ski", "Wo\u017aniak", "Dvo\u0159\u00e1k",
          "Novotn\u00fd",    "Kr\u00e1l",   "Svoboda",        "Mazur",        "Sikora",
          "Barto\u0161",     "Ku\u010dera", "Pawlak",         "Urban",        "Wr\u00f3bel",
          "\u010cern\u00fd", "Kaczmarek",   "Hor\u00e1k",     "Sobczak",      "Bielski" } },
      { { "Astrid", "Ingrid", "Freja", "Maja", "Linnea", "Solveig", "S\u00f8rine", "Karin", "Elin", "Tuva", "Birgit",
          "Liv" },
        { "Bj\u00f6rn", "Lars", "Erik", "Magnus", "S\u00f8ren", "Nils", "Anders", "Mikkel", "Oskar", "Jens", "Sven",
          "H\u00e5kon" },
        { "Lindqvist", "Andersson", "Bergstr\u00f6m", "Hansen",     "S\u00f8rensen", "\u00d8stberg", "Nyg\u00e5rd",
          "Dahl",      "Holm",      "Ekstr\u00f6m",   "Str\u00f8m", "Lund",          "Hagen",        "Sj\u00f6berg",
          "Moen",      "Kjeldsen",  "\u00c5kesson",   "Vik",        "Br\u00f8ndum",  "Falk" } },
      { { "Priya", "Ananya", "Meera", "Kavita", "Divya", "Sunita", "Lakshmi", "Neha", "Pooja", "Asha", "Rekha",
          "Ishita" },
        { "Arjun", "Vikram", "Rahul", "Sanjay", "Rohan", "Anil", "Karthik", "Suresh", "Nikhil", "Aditya", "Manoj",
          "Dev" },
        { "Sharma", "Patel",    "Iyer",  "Reddy", "Nair",   "Banerjee", "Kapoor",   "Menon", "Desai", "Chatterjee",
          "Bhatt",  "Krishnan", "Mehta", "Joshi", "Pillai", "Rao",      "Malhotra", "Sen",   "Varma", "Gokhale" } },
      { { "Mei", "Xiuying", "Yan", "Lihua", "Jing", "Yuki", "Sakura", "Haruka", "Minji", "Soyeon", "Linh", "Huong" },
        { "Wei", "Jian", "Haoran", "Ming", "Kenji", "Hiroshi", "Takumi", "Minjun", "Jiho", "Duc", "Tuan", "Quang" },
        { "Chen", "Wang",   "Zhang", "Liu",  "Tanaka", "Watanabe", "Nakamura", "Kobayashi", "Kim", "Park",
          "Choi", "Nguyen", "Tran",  "Pham", "Zhou",   "Huang",    "Matsuda",  "Lim",       "Ng",  "Bui" } },
      { { "Adaeze", "Amina", "Ngozi", "Zainab", "Efua", "Abena", "Wanjiru", "Thandiwe", "Leila", "Fatima", "Yasmin",
          "Samira" },
        { "Kwame", "Chidi", "Emeka", "Kofi", "Tunde", "Juma", "Themba", "Omar", "Karim", "Tariq", "Youssef", "Hassan" },
        { "Okafor",    "Mensah", "Adeyemi", "Eze",     "Boateng", "Mwangi", "Dlamini", "Nkosi", "Haddad", "Mansour",
          "El Amrani", "Khalil", "Osei",    "Balogun", "Otieno",  "Diallo", "Farouk",  "Saleh", "Abdi",   "Toure" } },
    };

/* One in five marries names of two places. */
void
demo_pick_name (DemoRandom *random, gboolean female, const char **given, const char **family)
{
  const Names *place = &names[demo_random_below (random, G_N_ELEMENTS (names))];
  const Names *other =
    demo_random_chance (random, 20) ? &names[demo_random_below (random, G_N_ELEMENTS (names))] : place;

  *given = (female ? place->women : place->men)[demo_random_below (random, N_GIVEN)];
  *family = other->families[demo_random_below (random, N_FAMILY)];
}
